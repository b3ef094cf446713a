import { toast } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { useWrite } from "../../../api/queries.ts";
import { paths } from "../../../shell/paths.ts";

/** Makes a draft of a document and opens it. */
export function useNewDraft() {
  const navigate = useNavigate();
  const save = useWrite("ruleSetSave");
  return {
    busy: save.isPending,
    make: (name: string, document: string) =>
      save.mutate([null, { name, document, base_rev: 0 }], {
        onSuccess: (made) => void navigate({ to: paths.pricing(made.summary.id) }),
        onError: (error) => toast.failed(error.message),
      }),
  };
}
