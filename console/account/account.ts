import type { Pages } from "../app/areas";
import { AccountPage } from "./account-page";
import { CallbackPage } from "./by-provider";
import { JoinPage } from "./join-page";
import { KeysPage } from "./keys-page";
import { PrivacyPage } from "./privacy-page";
import { ResetPage, VerifyPage } from "./mail-pages";
import { SellPage } from "./sell-page";
import { SignInPage } from "./sign-in-page";

export const account: Pages = {
  account: AccountPage,
  keys: KeysPage,
  signIn: SignInPage,
  verify: VerifyPage,
  reset: ResetPage,
  privacy: PrivacyPage,
  sell: SellPage,
  join: JoinPage,
  callback: CallbackPage,
};
