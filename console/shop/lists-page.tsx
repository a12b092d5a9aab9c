/** What somebody would like to have: their lists, what is on them, and what they are told of it. */
import { useEffect, useState } from "preact/hooks";
import { FIRST_LIST_NAME, nameOfList, type Lists } from "./list-names";
import type { WishItemView, WishListView } from "../../models/wishlist/wishlist.view.contract";
import { lookAtWishes, wishes, wishing } from "../app/wishes";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Check, Field, Form } from "../parts/fields";
import { Button, Empty, Fault, Notice, Panel, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { WishRow } from "./wish-row";

/** Rows that are looked up at once: each asks for its product. */
const STEP = 24;

function Share({ list }: { readonly list: WishListView }) {
  const { busy, fault, run } = useDoing();
  const { listId, shareKey } = list;
  const to = shareKey === null ? null : `/lists/${shareKey}`;
  return (
    <div class="share">
      {to === null ? (
        <Button small icon="link" busy={busy} onClick={() => void run(() => share(listId))}>
          {t("wish.share")}
        </Button>
      ) : (
        <>
          <p class="soft">{t("wish.sharedBy")}</p>
          <p class="share-link" dir="ltr">
            <Link to={to}>{location.origin + to}</Link>
          </p>
          <Button small busy={busy} onClick={() => void run(() => unshare(listId))}>
            {t("wish.unshare")}
          </Button>
        </>
      )}
      <Fault fault={fault} />
    </div>
  );
}

const share = (listId: string): Promise<void> => wishing((id) => ask("wishlist.share", { id, listId }));
const unshare = (listId: string): Promise<void> => wishing((id) => ask("wishlist.unshare", { id, listId }));

interface ListProps {
  readonly list: WishListView;
  readonly items: readonly WishItemView[];
  readonly lists: Lists;
}

function List({ list, items, lists }: ListProps) {
  const [shown, setShown] = useState(STEP);
  const { busy, fault, run } = useDoing();
  const { listId } = list;
  const own = items.filter((one) => one.listId === listId);
  const remove = (): void => void run(() => wishing((id) => ask("wishlist.remove", { id, listId })));
  return (
    <Panel title={nameOfList(list)} aside={own.length > 0 ? <Share list={list} /> : undefined}>
      {own.length === 0 && <p class="soft">{t("wish.nothing")}</p>}
      <ul class="wish-rows">
        {own.slice(0, shown).map((item) => (
          <WishRow key={item.itemId} item={item} lists={lists} />
        ))}
      </ul>
      {own.length > shown && <Button onClick={() => setShown(shown + STEP)}>{t("more")}</Button>}
      {listId !== FIRST_LIST_NAME && (
        <Button small kind="quiet" busy={busy} onClick={remove}>
          {t("wish.removeList")}
        </Button>
      )}
      <Fault fault={fault} />
    </Panel>
  );
}

/** A name of its own for each, which nobody sees: what it is called may change. */
const idOfNew = (): string => crypto.randomUUID().slice(0, 8);

function NewList() {
  const [name, setName] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => wishing((id) => ask("wishlist.name", { id, listId: idOfNew(), name }))).then(
      (done) => done && setName(""),
    );
  return (
    <Form send={send} label={t("wish.make")}>
      <div class="new-list">
        <Field label={t("wish.newList")} value={name} change={setName} max={60} required />
        <Button type="submit" icon="plus" busy={busy}>
          {t("wish.make")}
        </Button>
      </div>
      <Fault fault={fault} />
    </Form>
  );
}

function Mails({ muted }: { readonly muted: boolean }) {
  const { fault, run } = useDoing();
  const say = (wanted: boolean): void => void run(() => wishing((id) => ask("wishlist.mute", { id, muted: !wanted })));
  return (
    <>
      <Check checked={!muted} change={say}>
        {t("wish.mails")}
      </Check>
      <Fault fault={fault} />
    </>
  );
}

export function ListsPage() {
  const view = useStore(wishes);
  const { fault, run } = useDoing();
  useEffect(() => void run(lookAtWishes), [run]);
  if (view === undefined && fault === null) return <Waiting lines={6} />;
  if (!view) {
    return (
      <>
        <Title>{t("wish.lists")}</Title>
        <Fault fault={fault} />
        <Empty icon="heart" title={t("wish.none")}>
          <p>{t("wish.how")}</p>
          <Link class="button main" to="/search">
            {t("toTheShop")}
          </Link>
        </Empty>
      </>
    );
  }
  const { lists, items, muted, accountId } = view;
  return (
    <>
      <Title>{t("wish.lists")}</Title>
      <Fault fault={fault} />
      <div class="stack">
        {accountId === null && <Notice>{t("wish.ofNobody")}</Notice>}
        {lists.map((list) => (
          <List key={list.listId} list={list} items={items} lists={lists} />
        ))}
        <NewList />
        {accountId !== null && <Mails muted={muted} />}
      </div>
    </>
  );
}
