import { toast } from "@souk/kit";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type IpcError, ipc } from "../../../api/ipc.ts";
import { paths } from "../../../shell/paths.ts";

/** A document, or the id of the set that has it. */
type Source = string | { of: string };

/** Makes a draft and opens it; busy until it is open, so that a second click makes no second one. */
export function useNewDraft() {
  const navigate = useNavigate();
  const making = useMutation<void, IpcError, { name: string; from: Source }>({
    mutationFn: async ({ name, from }) => {
      const document = typeof from === "string" ? from : (await ipc.ruleSetGet(from.of)).document;
      const made = await ipc.ruleSetSave(null, { name, document, base_rev: 0 });
      await navigate({ to: paths.pricing(made.summary.id) });
    },
    onError: (error) => toast.failed(error.message),
  });
  return {
    busy: making.isPending,
    make: (name: string, from: Source) => {
      if (!making.isPending) making.mutate({ name, from });
    },
  };
}
