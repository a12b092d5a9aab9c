/** What is shown where a page cannot be. */
import { Empty, Title } from "../parts/pieces";
import { t, type Key } from "../words/words";
import { Link } from "./router";

export function NotFound() {
  return (
    <>
      <Title>{t("notFound.title")}</Title>
      <Empty icon="search" title={t("notFound.text")}>
        <Link class="button main" to="/">
          {t("toTheShop")}
        </Link>
      </Empty>
    </>
  );
}

const ROOMS: Readonly<Record<string, Key>> = { admin: "room.admin", seller: "room.seller" };

/** @param signedIn somebody is, but this part of the mall is not theirs */
export function SignInFirst({ area, signedIn }: { readonly area: string; readonly signedIn: boolean }) {
  const text = signedIn ? t("entry.notYours") : t("entry.first");
  return (
    <>
      <Title>{t(ROOMS[area] ?? "account")}</Title>
      <Empty icon="shield" title={text}>
        <Link class="button main" to={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>
          {t("signIn")}
        </Link>
      </Empty>
    </>
  );
}
