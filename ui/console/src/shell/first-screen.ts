// What the first screen shows is asked for before React and the rest of the pages are even evaluated: this file is the
// first that the window runs, and it must stay small.
import type { QueryClient } from "@tanstack/react-query";
import type { FirstScreen } from "../api/bindings.ts";
import { ipc } from "../api/ipc.ts";

/** This computer's copy of what the first screen needs, on its way. */
export const firstScreen = ipc.firstScreen();

/** Puts the answer where the screens look for it. It is read anew as soon as changes are listened to. */
export function know(client: QueryClient, { preferences, connection, home, recents }: FirstScreen) {
  client.setQueryData(["preferencesGet"], preferences);
  client.setQueryData(["connectionState"], connection);
  if (!connection.store) return;
  client.setQueryData(["recentsList"], recents);
  if (home) client.setQueryData(["homeGet"], home.home, { updatedAt: Date.parse(home.at) });
}
