import { useState } from "react";
import { SetUpForm } from "./set-up-form.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** A store that runs elsewhere: signing in to it, or making the first one of a service that has none. */
export function HostedForm({ address }: { address: string }) {
  const [at, setAt] = useState(address);
  const [empty, setEmpty] = useState(false);
  function turn(typed: string) {
    setAt(typed);
    setEmpty(!empty);
  }
  return empty ? (
    <SetUpForm address={at} onSignIn={turn} />
  ) : (
    <SignInForm address={at} onSetUp={turn} />
  );
}
