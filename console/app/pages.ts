/** Every address of the console, and which area shows it. */
export type Area = "shop" | "account" | "seller" | "admin";

export interface PageAt {
  readonly pattern: string;
  readonly area: Area;
  /** Its name in the area. */
  readonly page: string;
}

const of = (area: Area, pages: Readonly<Record<string, string>>): PageAt[] =>
  Object.entries(pages).map(([pattern, page]) => ({ pattern, area, page }));

export const pages: readonly PageAt[] = [
  ...of("shop", {
    "/": "home",
    "/search": "search",
    "/product/{id}": "product",
    "/cart": "cart",
    "/checkout": "checkout",
    "/orders": "orders",
    "/orders/{id}": "order",
    "/account/lists": "lists",
    "/lists/{key}": "sharedList",
    "/alerts/stop": "stop",
  }),
  ...of("account", {
    "/account": "account",
    "/account/keys": "keys",
    "/sign-in": "signIn",
    "/verify": "verify",
    "/reset": "reset",
    "/privacy": "privacy",
    "/sell": "sell",
    "/join": "join",
    "/openid/callback": "callback",
  }),
  ...of("seller", {
    "/seller": "dashboard",
    "/seller/listings": "listings",
    "/seller/listings/new": "newListing",
    "/seller/stock": "stock",
    "/seller/orders": "orders",
    "/seller/orders/{id}": "order",
    "/seller/returns": "returns",
    "/seller/reviews": "reviews",
    "/seller/money": "money",
    "/seller/team": "team",
    "/seller/webhooks": "webhooks",
  }),
  ...of("admin", {
    "/admin": "overview",
    "/admin/approvals": "approvals",
    "/admin/errands": "errands",
    "/admin/carts": "carts",
    "/admin/fraud": "fraud",
    "/admin/moderation": "moderation",
    "/admin/policy": "policy",
    "/admin/orders": "orders",
    "/admin/orders/{id}": "order",
    "/admin/sellers": "sellers",
    "/admin/people": "people",
    "/admin/rules": "rules",
    "/admin/collections": "collections",
    "/admin/experiments": "experiments",
    "/admin/channels": "channels",
    "/admin/mail": "mail",
    "/admin/webhooks": "webhooks",
    "/admin/time": "timeStart",
    "/admin/time/{aggregate}/{id}": "time",
    "/admin/analytics": "analytics",
    "/admin/decisions": "decisions",
    "/admin/models": "models",
    "/admin/denials": "denials",
    "/admin/jobs": "jobs",
    "/admin/health": "health",
  }),
];
