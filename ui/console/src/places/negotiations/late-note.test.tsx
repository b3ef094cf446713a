import { setupI18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { LocaleProvider } from "@souk/kit";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { NegotiationDetail, NegotiationRow, StaffMay } from "../../api/bindings.ts";
import { isLate, LateNote } from "./late-note.tsx";

const pounds = (minor: number) => ({ minor, currency: "GBP" });
const row = (minor: number, epoch: number, quantity = 1) =>
  ({ last_offer: pounds(minor), quantity, epoch }) as NegotiationRow;
const detail = (now: NegotiationRow, may: Partial<StaffMay> = {}) =>
  ({ row: now, may: { approve: true, ...may } }) as NegotiationDetail;

function shown(element: ReactElement): string {
  const i18n = setupI18n({ locale: "en", messages: { en: {} } });
  return renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <LocaleProvider locale="en-GB">{element}</LocaleProvider>
    </I18nProvider>,
  );
}

const note = (seen: NegotiationRow, now: NegotiationDetail, open = true) =>
  shown(<LateNote seen={seen} detail={now} open={open} onAnew={() => undefined} />);

it("an offer that changed while it was decided on is told, with what it was and what it is", () => {
  const seen = row(980, 3);
  const now = row(900, 4);
  expect(isLate(seen, now)).toBe(true);
  const words = note(seen, detail(now));
  expect(words).toContain("it was £9.80, now it is £9.00");
  expect(words).toContain("Decide on £9.00");
});

it("another number of units is another offer", () => {
  expect(note(row(980, 3), detail(row(980, 4, 6)))).toContain(
    "it was £9.80, now it is £9.80 each for 6",
  );
});

it("a colleague who acted first is told, and what is not to be decided any more is not offered", () => {
  const refused = "Rashid is on it.";
  const words = note(row(980, 3), detail(row(980, 4), { approve_refused: refused }), false);
  expect(words).toContain("The offer is still £9.80");
  expect(words).toContain(refused);
  expect(words).not.toContain("decide-anew");
});

it("nothing is late while the offer stands as it was seen", () => {
  expect(isLate(row(980, 3), row(980, 3))).toBe(false);
});
