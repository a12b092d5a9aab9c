/** What will be paid to the seller, and when: as it is pushed, else as it was asked for. */
import type { Cells } from "../../models/live/live.contract";
import type { Board } from "../client/live";
import { useAsk } from "../client/use";
import { dayOf, priceOf } from "../parts/format";
import { Figure } from "../parts/pieces";
import { t } from "../words/words";
import { numberOf, wordOf } from "./board";

interface PayableProps {
  readonly sellerId: string;
  readonly currency: string;
  readonly board: Board;
}

interface Book {
  readonly payableMinor: number;
  /** Empty: nobody knows. */
  readonly nextAt: string;
  readonly sentAt: string;
}

/** As it is pushed: what can be paid, and a payout that is on its way. */
function bookIn(cells: Cells, currency: string): Book | null {
  const book = cells[currency];
  if (!book) return null;
  const sent = Object.entries(cells).find(
    ([key, cell]) => key.startsWith("payout|") && wordOf(cell, "currency") === currency,
  );
  return {
    payableMinor: numberOf(book, "payableMinor"),
    nextAt: wordOf(book, "nextPayoutAt"),
    sentAt: wordOf(sent?.[1], "openedAt"),
  };
}

function comes({ nextAt, sentAt }: Book): string | undefined {
  if (sentAt !== "") return t("today.onTheWay", { day: dayOf(sentAt) });
  return nextAt === "" ? undefined : t("money.next", { day: dayOf(nextAt) });
}

export function Payable({ sellerId, currency, board }: PayableProps) {
  const { data } = useAsk("ledger.get", { sellerId, currency });
  const asked = data && { payableMinor: data.payableMinor, nextAt: data.nextPayoutAt ?? "", sentAt: "" };
  const book = bookIn(board.balance?.cells ?? {}, currency) ?? asked;
  if (!book) return null;
  return <Figure label={t("money.payable")} value={priceOf(book.payableMinor, currency)} note={comes(book)} />;
}
