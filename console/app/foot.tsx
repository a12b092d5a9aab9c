import { t } from "../words/words";
import { Link } from "./router";

export const Foot = () => (
  <footer class="foot">
    <div>
      <p>{t("foot")}</p>
      <Link to="/sell">{t("apply.title")}</Link>
      <Link to="/seller">{t("room.seller")}</Link>
      <Link to="/admin">{t("room.admin")}</Link>
      <Link to="/privacy">{t("consent.page")}</Link>
      <a href="/docs/">{t("api")}</a>
    </div>
  </footer>
);
