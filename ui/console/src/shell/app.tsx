// The outermost frame: what everything else stands in, and which of the two faces is shown: the first run,
// or the console of an open store.
import { CSPProvider } from "@base-ui/react/csp-provider";
import { I18nProvider } from "@lingui/react";
import { HintProvider, LocaleProvider } from "@souk/kit";
import { type QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useFollowChanges, useRead } from "../api/queries.ts";
import { useAppearance } from "./appearance.ts";
import { Failed } from "./failed.tsx";
import { i18n, useLanguage } from "./language.ts";
import { paths } from "./paths.ts";
import { router } from "./router.tsx";

const FirstRun = lazy(() => import("../places/first-run/first-run.tsx"));

export function App({ client }: { client: QueryClient }) {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <Frame />
      </QueryClientProvider>
    </CSPProvider>
  );
}

function Frame() {
  const preferences = useRead("preferencesGet");
  const { locale, ready } = useLanguage(preferences.data?.language ?? "", !preferences.isPending);
  useAppearance(preferences.data);
  useFollowChanges();
  if (!ready) return null;
  return (
    <I18nProvider i18n={i18n}>
      <LocaleProvider locale={locale}>
        <HintProvider>
          <Face />
        </HintProvider>
      </LocaleProvider>
    </I18nProvider>
  );
}

function Face() {
  const connection = useRead("connectionState");
  const outside =
    connection.data !== undefined && !connection.data.store && !connection.data.opening;
  const client = useQueryClient();
  useEffect(() => {
    if (!outside) return;
    // the next store opens at its home, not where the last one was left, and shows nothing of it
    void router.navigate({ to: paths.home(), replace: true });
    client.removeQueries({ type: "inactive" });
  }, [outside, client]);
  if (connection.error && !connection.data) {
    return (
      <main className="mx-auto max-w-[560px] p-8">
        <Failed error={connection.error} retry={() => void connection.refetch()} />
      </main>
    );
  }
  if (!connection.data) return null;
  if (connection.data.store) return <RouterProvider router={router} />;
  // a store that this computer has never read is told of once it is open
  if (connection.data.opening) return null;
  return (
    <Suspense fallback={null}>
      <FirstRun connection={connection.data} />
    </Suspense>
  );
}
