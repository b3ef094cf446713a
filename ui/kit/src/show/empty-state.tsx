import type { ReactNode } from "react";

export interface EmptyStateProps {
  title: string;
  /** What will stand here, and what brings it. */
  children: ReactNode;
  /** The one button that takes the next step. */
  action?: ReactNode;
  picture?: ReactNode;
}

export function EmptyState({ title, children, action, picture }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-[420px] flex-col items-center gap-2 px-6 py-12 text-center">
      {picture ? <div className="mb-2 text-faint">{picture}</div> : null}
      <h2 className="text-m font-semibold">{title}</h2>
      <p className="text-soft">{children}</p>
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}
