/** What one person asked for, and another has to agree to: said where it was asked. */
import { Link } from "../app/router";
import { Notice } from "../parts/pieces";
import { t } from "../words/words";

export const SecondPerson = () => (
  <Notice tone="good">
    <p>{t("fraud.second")}</p>
    <Link to="/admin/approvals">{t("admin.approvals")}</Link>
  </Notice>
);
