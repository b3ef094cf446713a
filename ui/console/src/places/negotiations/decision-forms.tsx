import { useLingui } from "@lingui/react/macro";
import { Button, Field, MoneyInput, TextArea } from "@souk/kit";
import { useState } from "react";

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

interface PriceFormProps {
  currency: string;
  busy: boolean;
  onSend: (minor: number) => void;
  onCancel: () => void;
}

export function PriceForm({ currency, busy, onSend, onCancel }: PriceFormProps) {
  const { t } = useLingui();
  const [price, setPrice] = useState<number | null>(null);
  return (
    <form
      className="mb-[10px] flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (price !== null) onSend(price);
      }}
    >
      <Field label={t`Counteroffer, each`} className="w-44">
        {(ids) => (
          <MoneyInput
            {...ids}
            autoFocus
            currency={currency}
            value={price}
            onChange={setPrice}
            onKeyDown={(event) => event.key === "Escape" && onCancel()}
            data-testid="decision-price"
          />
        )}
      </Field>
      <Button
        type="submit"
        look="primary"
        disabled={price === null}
        busy={busy}
        data-testid="decision-price-send"
      >
        {t`Send counteroffer`}
      </Button>
      <Button look="ghost" onClick={onCancel}>
        {t`Cancel`}
      </Button>
    </form>
  );
}
