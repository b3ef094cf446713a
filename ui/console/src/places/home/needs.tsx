import { useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, Dot, EmptyState, type Tone } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { Coffee } from "lucide-react";
import type { Need } from "../../api/bindings.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useNeedWords } from "./need-words.ts";

/** The service says `catalog`, as its addresses do; the console's place is the catalogue. */
function placeOf(need: Need): string {
  return need.link.replace(/^\/catalog(?=\/|$)/, "/catalogue");
}

const tones: Record<string, Tone> = { bad: "bad", warn: "warn", info: "info" };

/** What waits for a person, the most pressing first; the first nine by their number. */
export function Needs({ needs }: { needs: readonly Need[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const open = (need: Need) => void navigate({ to: placeOf(need) });
  const words = useNeedWords(needs);
  useCommands(
    needs.slice(0, 9).map((need, index) => ({
      id: `need-${index + 1}`,
      label: words[index]?.title ?? need.title,
      keys: String(index + 1),
      group: t`Needs you`,
      run: () => open(need),
    })),
  );
  const verbs: Record<string, string> = {
    escalation: t`Open`,
    low_stock: t`See product`,
    checklist: t`Go on`,
    draft: t`Go on`,
  };
  return (
    <Card
      title={t`Needs you`}
      aside={needs.length > 0 ? <Chip tone="accent">{needs.length}</Chip> : null}
    >
      {needs.length === 0 ? (
        <EmptyState title={t`Nothing needs you`} picture={<Coffee aria-hidden size={26} />}>
          {t`Escalations, low stock and open steps show up here, the most pressing first.`}
        </EmptyState>
      ) : (
        <ul data-list>
          {needs.map((need, index) => (
            <li
              key={`${need.kind} ${need.link}`}
              className="grid grid-cols-[9px_minmax(0,1fr)_auto] items-center gap-[11px] border-t border-line px-(--pad) py-[11px]"
            >
              <Dot tone={tones[need.level] ?? "info"} />
              <span className="min-w-0">
                <b className="block font-medium">{words[index]?.title}</b>
                <span className="block text-s text-soft">{words[index]?.detail}</span>
              </span>
              <Button
                look={index === 0 ? "primary" : "plain"}
                {...(index < 9 ? { shortcut: String(index + 1) } : {})}
                onClick={() => open(need)}
                data-testid="need-open"
              >
                {verbs[need.kind] ?? t`Open`}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
