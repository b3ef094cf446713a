import { toast } from "@souk/kit";
import { asIpcError, ipc } from "../api/ipc.ts";

/** Hands a text to the person as a file; the system's dialog asks where it goes. `done` says that it was written. */
export async function saveText(fileName: string, text: string, done: string): Promise<void> {
  try {
    if (await ipc.saveText(fileName, text)) toast.done(done);
  } catch (cause) {
    toast.failed(asIpcError(cause).message);
  }
}
