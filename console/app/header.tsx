/** The top of every page: where one is, what one looks for, who one is. */
import { useEffect } from "preact/hooks";
import { person, signOut, type Person } from "../client/session";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { t } from "../words/words";
import { cart, lookIntoCart, unitsIn } from "./basket";
import { forgetWishes, lookAtWishes, wishes } from "./wishes";
import { Finder } from "./finder";
import type { Area } from "./pages";
import { isAdmin, isSeller } from "./rooms";
import { go, Link } from "./router";
import { useStore } from "./store";
import { TasteMenu } from "./taste-menu";

/** A colonnade. */
const Mark = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path
      fill="currentColor"
      d="M16 2 3 8.2V11h26V8.2zM6 12.5h3.6V25H6zM14.2 12.5h3.6V25h-3.6zM22.4 12.5H26V25h-3.6zM3 26.5h26V30H3z"
    />
  </svg>
);

function Rooms({ area, who }: { readonly area: Area; readonly who: Person }) {
  const rooms = [
    { room: "shop", to: "/", text: t("room.shop"), open: true },
    { room: "seller", to: "/seller", text: t("room.seller"), open: isSeller(who) },
    { room: "admin", to: "/admin", text: t("room.admin"), open: isAdmin(who) },
  ].filter(({ open }) => open);
  if (rooms.length < 2) return null;
  const here = area === "account" ? "shop" : area;
  return (
    <nav class="rooms" aria-label={t("rooms")}>
      {rooms.map(({ room, to, text }) => (
        <Link key={room} to={to} aria-current={room === here ? "page" : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}

function CartLink() {
  const units = unitsIn(useStore(cart));
  useEffect(() => {
    // a badge without a number is no reason to trouble anybody
    lookIntoCart().catch(() => null);
  }, []);
  return (
    <Link class="button quiet" to="/cart" aria-label={t("cart.withCount", { n: units })}>
      <Icon name="cart" />
      {units > 0 && <span class="cart-count">{units}</span>}
    </Link>
  );
}

function WishesLink() {
  const count = useStore(wishes)?.items.length ?? 0;
  useEffect(() => {
    lookAtWishes().catch(() => null);
  }, []);
  return (
    <Link class="button quiet" to="/account/lists" aria-label={t("wish.withCount", { n: count })}>
      <Icon name="heart" />
      {count > 0 && <span class="cart-count">{count}</span>}
    </Link>
  );
}

function PersonMenu({ who }: { readonly who: Person }) {
  const leave = (): void => {
    void signOut().then(() => {
      forgetWishes();
      go("/");
    });
  };
  const name = who.name ?? who.email ?? who.id;
  const face = (
    <>
      <Icon name="person" />
      <span class="wide">{name}</span>
    </>
  );
  return (
    <Menu label={`${name}, ${t("account.menu")}`} face={face}>
      {!who.all && <Link to="/account">{t("account")}</Link>}
      {!who.all && <Link to="/account/lists">{t("wish.lists")}</Link>}
      {!who.all && <Link to="/orders">{t("orders.mine")}</Link>}
      <button type="button" onClick={leave}>
        <Icon name="out" mirrored />
        {t("signOut")}
      </button>
    </Menu>
  );
}

export function Header({ area }: { readonly area: Area }) {
  const who = useStore(person);
  return (
    <header class="top">
      <div class="top-row">
        <Link class="brand" to="/" aria-label={t("brand")}>
          <Mark />
          <span>Stoa</span>
        </Link>
        {who && <Rooms area={area} who={who} />}
        {(area === "shop" || area === "account") && <Finder />}
        <div class="top-tools">
          <TasteMenu />
          {who ? (
            <PersonMenu who={who} />
          ) : (
            <Link class="button quiet" to="/sign-in">
              <Icon name="person" />
              <span>{t("signIn")}</span>
            </Link>
          )}
          <WishesLink />
          <CartLink />
        </div>
      </div>
    </header>
  );
}
