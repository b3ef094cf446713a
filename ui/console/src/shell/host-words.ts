// What the desktop host says in its own voice: the tray, the titles of its dialogs, the system's notifications. The host
// reads them from the catalogues itself (`src-tauri/src/desktop/words.rs`); they stand here so that they are in them.
import { msg } from "@lingui/core/macro";

export const hostWords = [
  msg`Show Souk`,
  msg`Hide the window`,
  msg`Quit`,
  msg`Save`,
  msg`Import a catalogue`,
  msg`Export the catalogue`,
  msg`Export the audit log`,
  msg`Import rules`,
  msg`Export the rules`,
  msg`Export the replay`,
  msg`Export waiting edits`,
  msg`Import waiting edits`,
  msg`Souk's waiting edits`,
  msg({ message: "{customer} is waiting for you" }),
  msg({ message: "{quantity} × {title}, offers {price}" }),
  msg({ message: "{quantity} × {title}" }),
  msg`This computer's copy was damaged`,
  msg({
    message: "It was set aside; waiting edits that were saved: {count}. The rest is fetched anew.",
  }),
];
