/** For whom one works: the seller of one's grants, or the one that the mall's people chose to look at. */
import type { ComponentChildren } from "preact";
import { sellersOf } from "../app/rooms";
import { keep, kept } from "../app/kept";
import { Link, queryOf, usePlace } from "../app/router";
import { useStore } from "../app/store";
import { person } from "../client/session";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { Title } from "../parts/pieces";
import { SellerName, sellerName } from "../shop/seller-name";
import { go } from "../app/router";
import { useEffect, useState } from "preact/hooks";
import { t } from "../words/words";

const CHOSEN = "seller";

function useSeller(): string | null {
  const place = usePlace();
  const who = useStore(person);
  const own = who ? sellersOf(who) : [];
  const wanted = queryOf(place).get("of") ?? kept(CHOSEN);
  // whoever works for sellers works for those alone; the mall's people look at any
  const chosen = own.length > 0 ? (own.find((id) => id === wanted) ?? own[0]) : wanted;
  useEffect(() => {
    if (chosen !== undefined && chosen !== null) keep(CHOSEN, chosen);
  }, [chosen]);
  return chosen ?? null;
}

/** Whoever has no seller of their own chooses one. */
function ChooseSeller() {
  const answer = useAsk("seller.list", { limit: 100 });
  return (
    <>
      <Title>{t("desk.choose")}</Title>
      <Answered answer={answer} lines={8}>
        {({ items }) => (
          <ul class="order-rows">
            {items.map(({ id, name }) => (
              <li key={id} class="order-row">
                <Link to={`/seller?of=${id}`}>{name}</Link>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </>
  );
}

/** One of several sellers that somebody works for. */
function Switch({ id, all }: { readonly id: string; readonly all: readonly string[] }) {
  const [names, setNames] = useState<readonly string[]>(all);
  useEffect(() => {
    void Promise.all(all.map(sellerName)).then(setNames);
  }, [all.join()]);
  const options = all.map((value, i) => ({ value, text: names[i] ?? value }));
  return (
    <Choice quiet label={t("product.seller")} value={id} options={options} change={(of) => go(`/seller?of=${of}`)} />
  );
}

interface DeskProps {
  readonly title: string;
  readonly children: (sellerId: string) => ComponentChildren;
  readonly aside?: ComponentChildren;
}

export function Desk({ title, children, aside }: DeskProps) {
  const id = useSeller();
  const who = useStore(person);
  const own = who ? sellersOf(who) : [];
  if (id === null) return <ChooseSeller />;
  return (
    <>
      <Title over={own.length > 1 ? <Switch id={id} all={own} /> : <SellerName id={id} />} aside={aside}>
        {title}
      </Title>
      <div key={id}>{children(id)}</div>
    </>
  );
}
