import { Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useState } from "react";
import { cx } from "../cx.ts";
import { Button } from "./button.tsx";

export interface FileDropProps {
  title: string;
  help: ReactNode;
  chooseLabel: string;
  /** Opens the system's file dialog: the keyboard's way. */
  onChoose: () => void;
  /** Files let go over the box, where the webview hands them over itself. */
  onDrop?: (files: FileList) => void;
  /** A drag is over the window, told by the desktop host. */
  over?: boolean;
  "data-testid"?: string;
}

/** A place to let a file go, and a button that does the same. */
export function FileDrop({
  title,
  help,
  chooseLabel,
  onChoose,
  onDrop,
  over = false,
  ...rest
}: FileDropProps) {
  const [inside, setInside] = useState(false);
  function dropped(event: DragEvent) {
    event.preventDefault();
    setInside(false);
    if (event.dataTransfer.files.length > 0) onDrop?.(event.dataTransfer.files);
  }
  return (
    <section
      aria-label={title}
      data-over={inside || over}
      onDragOver={(event) => {
        event.preventDefault();
        setInside(true);
      }}
      onDragLeave={() => setInside(false)}
      onDrop={dropped}
      className={cx(
        "flex flex-col items-center gap-2 rounded-lg border border-dashed px-6 py-8 text-center",
        inside || over ? "border-accent bg-accent-wash" : "border-control-line bg-sunken",
      )}
    >
      <Upload aria-hidden size={20} className="text-faint" />
      <p className="font-semibold">{title}</p>
      <p className="max-w-[52ch] text-soft">{help}</p>
      <Button
        className="mt-2"
        onClick={onChoose}
        data-testid={rest["data-testid"] ?? "file-choose"}
      >
        {chooseLabel}
      </Button>
    </section>
  );
}
