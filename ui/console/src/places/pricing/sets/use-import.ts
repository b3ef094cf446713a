import { useLingui } from "@lingui/react/macro";
import { toast } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { onFileDrag } from "../../../api/ipc.ts";
import { useWrite } from "../../../api/queries.ts";
import { paths } from "../../../shell/paths.ts";

/** A document from a file becomes a new draft, chosen in the system's dialog or let go over the window. */
export function useImport() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [over, setOver] = useState(false);
  const read = useWrite("ruleSetImport");
  function from(path: string | null) {
    // the draft is named after the file
    read.mutate([path, null, ""], {
      onSuccess: (made) => {
        // closed without a choice
        if (!made) return;
        toast.done(t`Imported as a draft: ${made.summary.name}`);
        void navigate({ to: paths.pricing(made.summary.id) });
      },
      onError: (error) => toast.failed(error.message),
    });
  }
  const latest = useRef(from);
  latest.current = from;
  useEffect(
    () =>
      onFileDrag((drag) => {
        setOver(drag.kind === "over");
        if (drag.kind === "drop" && drag.path) latest.current(drag.path);
      }),
    [],
  );
  return { over, busy: read.isPending, choose: () => from(null) };
}
