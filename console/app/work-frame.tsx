/** Around the pages where people work: what there is to do, at the side. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "../parts/icon";
import { t, type Key } from "../words/words";
import type { Area } from "./pages";
import { Link, usePlace } from "./router";

interface Item {
  readonly to: string;
  readonly text: Key;
  readonly icon: IconName;
}

const seller: readonly Item[] = [
  { to: "/seller", text: "seller.dashboard", icon: "gauge" },
  { to: "/seller/orders", text: "seller.orders", icon: "truck" },
  { to: "/seller/listings", text: "seller.listings", icon: "list" },
  { to: "/seller/stock", text: "seller.stock", icon: "box" },
  { to: "/seller/returns", text: "seller.returns", icon: "undo" },
  { to: "/seller/reviews", text: "seller.reviews", icon: "spark" },
  { to: "/seller/money", text: "seller.money", icon: "coin" },
  { to: "/seller/team", text: "seller.team", icon: "person" },
  { to: "/seller/webhooks", text: "hooks.title", icon: "bell" },
];

const admin: readonly Item[] = [
  { to: "/admin", text: "admin.overview", icon: "gauge" },
  { to: "/admin/analytics", text: "admin.analytics", icon: "list" },
  { to: "/admin/time", text: "admin.time", icon: "history" },
  { to: "/admin/approvals", text: "admin.approvals", icon: "check" },
  { to: "/admin/errands", text: "admin.errands", icon: "check" },
  { to: "/admin/fraud", text: "admin.fraud", icon: "flag" },
  { to: "/admin/moderation", text: "admin.moderation", icon: "person" },
  { to: "/admin/policy", text: "admin.policy", icon: "shield" },
  { to: "/admin/orders", text: "admin.orders", icon: "truck" },
  { to: "/admin/carts", text: "admin.carts", icon: "cart" },
  { to: "/admin/sellers", text: "admin.sellers", icon: "store" },
  { to: "/admin/people", text: "admin.people", icon: "person" },
  { to: "/admin/rules", text: "admin.rules", icon: "list" },
  { to: "/admin/collections", text: "admin.collections", icon: "box" },
  { to: "/admin/experiments", text: "admin.experiments", icon: "gauge" },
  { to: "/admin/channels", text: "admin.channels", icon: "globe" },
  { to: "/admin/mail", text: "admin.mail", icon: "out" },
  { to: "/admin/webhooks", text: "hooks.title", icon: "bell" },
  { to: "/admin/decisions", text: "admin.decisions", icon: "spark" },
  { to: "/admin/models", text: "admin.models", icon: "link" },
  { to: "/admin/denials", text: "admin.denials", icon: "shield" },
  { to: "/admin/jobs", text: "admin.jobs", icon: "box" },
  { to: "/admin/health", text: "admin.health", icon: "gauge" },
];

const isHere = (path: string, to: string): boolean =>
  path === to || (to.split("/").length > 2 && path.startsWith(`${to}/`));

interface FrameProps {
  readonly area: Area;
  readonly children: ComponentChildren;
}

export function WorkFrame({ area, children }: FrameProps) {
  const { path } = usePlace();
  const items = area === "admin" ? admin : seller;
  const nav = useRef<HTMLElement>(null);
  // on a narrow screen the list is a row that is wider than the screen
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  return (
    <div class="work-frame">
      <nav ref={nav} class="work-nav" aria-label={area === "admin" ? t("room.admin") : t("room.seller")}>
        {items.map(({ to, text, icon }) => (
          <Link key={to} to={to} aria-current={isHere(path, to) ? "page" : undefined}>
            <Icon name={icon} />
            <span>{t(text)}</span>
          </Link>
        ))}
      </nav>
      <div class="work-page">{children}</div>
    </div>
  );
}
