import { useLingui } from "@lingui/react/macro";
import { Button, Field, MoneyInput, TextArea } from "@souk/kit";
import { useState } from "react";
import { Failed } from "../../shell/failed.tsx";
import type { Question } from "./decision-dialogs.tsx";

interface MessageFormProps {
  busy: boolean;
  /** Grows with each thing that was sent; the field is then empty again. */
  sent: number;
  onSend: (text: string) => void;
}

export function MessageForm({ busy, sent, onSend }: MessageFormProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [seen, setSeen] = useState(sent);
  if (sent !== seen) {
    setSeen(sent);
    setText("");
  }
  return (
    <div className="mb-[10px] flex items-end gap-2">
      <TextArea
        rows={2}
        aria-label={t`Message to the customer`}
        placeholder={t`Write to the customer…`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        data-testid="decision-message"
      />
      <Button
        disabled={text.trim() === ""}
        busy={busy}
        onClick={() => onSend(text.trim())}
        data-testid="decision-message-send"
      >
        {t`Send`}
      </Button>
    </div>
  );
}

interface PriceFormProps extends Question {
  currency: string;
  onSend: (minor: number) => void;
}

export function PriceForm({ currency, busy, late, note, error, onSend, onClose }: PriceFormProps) {
  const { t } = useLingui();
  const [price, setPrice] = useState<number | null>(null);
  return (
    <form
      className="mb-[10px] flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (price !== null && !late) onSend(price);
      }}
    >
      {note || error ? (
        <div className="w-full">
          {note}
          {error ? <Failed error={error} kept={t`Nothing was sent to the customer.`} /> : null}
        </div>
      ) : null}
      <Field label={t`Counteroffer, each`} className="w-44">
        {(ids) => (
          <MoneyInput
            {...ids}
            autoFocus
            currency={currency}
            value={price}
            onChange={setPrice}
            onKeyDown={(event) => event.key === "Escape" && onClose()}
            data-testid="decision-price"
          />
        )}
      </Field>
      <Button
        type="submit"
        look="primary"
        disabled={late || price === null}
        busy={busy}
        data-testid="decision-price-send"
      >
        {t`Send counteroffer`}
      </Button>
      <Button look="ghost" onClick={onClose}>
        {t`Cancel`}
      </Button>
    </form>
  );
}
