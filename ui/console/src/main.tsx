import { firstScreen, know } from "./shell/first-screen.ts";
import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeClient } from "./api/queries.ts";
import { App } from "./shell/app.tsx";
import { loadLanguage, systemLanguage } from "./shell/language.ts";

// most people read what their system reads: its words are fetched beside the first answer
void loadLanguage(systemLanguage());

const root = document.getElementById("root");
if (root) void start(root);

async function start(element: HTMLElement) {
  const client = makeClient();
  try {
    const first = await firstScreen;
    know(client, first);
    await loadLanguage(first.preferences.language ?? "");
  } catch {
    // the screens ask for themselves, and say what is wrong
  }
  createRoot(element).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
