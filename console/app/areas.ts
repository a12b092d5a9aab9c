/** The areas of the console. Each is loaded when somebody first goes there. */
import type { FunctionComponent } from "preact";
import type { Area } from "./pages";

export interface PageProps {
  /** What stands in the braces of the address. */
  readonly at: Readonly<Record<string, string>>;
}

export type Page = FunctionComponent<PageProps>;
export type Pages = Readonly<Record<string, Page>>;

export const areas: Readonly<Record<Area, () => Promise<Pages>>> = {
  shop: () => import("../shop/shop").then(({ shop }) => shop),
  account: () => import("../account/account").then(({ account }) => account),
  seller: () => import("../seller/seller").then(({ seller }) => seller),
  admin: () => import("../admin/admin").then(({ admin }) => admin),
};
