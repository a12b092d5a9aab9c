/** Which card it is paid with. The embedded provider moves no money; its cards do on demand what real ones do. */
import { Notice } from "../parts/pieces";
import { t } from "../words/words";

const CARDS = [
  { method: "tok_ok", text: "pay.ok" },
  { method: "tok_challenge", text: "pay.challenge" },
  { method: "tok_webhook", text: "pay.later" },
  { method: "tok_declined", text: "pay.declined" },
] as const;

export const FIRST_CARD: string = CARDS[0].method;
export const PROVIDER = "test";

interface CardsProps {
  readonly method: string;
  readonly choose: (method: string) => void;
}

export function Cards({ method, choose }: CardsProps) {
  return (
    <>
      <Notice>{t("pay.test")}</Notice>
      <fieldset class="ways-to-ship">
        <legend>{t("pay.card")}</legend>
        {CARDS.map((card) => (
          <label key={card.method} class="way">
            <input type="radio" name="card" checked={method === card.method} onChange={() => choose(card.method)} />
            <span>{t(card.text)}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
