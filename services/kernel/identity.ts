/** What services need to know people by, and to reach them. Made once at start. */
import type { SubjectKeys } from "../../models/kernel/subject-keys";
import type { AccessTokens } from "./access-token";
import type { Mailer } from "./mail";
import type { OpenId } from "./openid";
import type { OutsideAccount } from "./outside";
import type { Passwords } from "./passwords";
import type { Pepper } from "./pepper";
import type { Throttle } from "./throttle";

export interface Identity {
  readonly pepper: Pepper;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly mailer: Mailer;
  readonly accessTokens: AccessTokens;
  readonly subjects: SubjectKeys;
  /** Null where no provider is configured. */
  readonly openId: OpenId | null;
  /** Whether who works for the mall has to log in with a second factor: see second-factor.ts. */
  readonly adminSecondFactor: boolean;
  /** Where links in mails lead: `https://mall.example`. */
  readonly publicUrl: string;
  /** Accounts at services of others, by the name of the service. */
  readonly accounts: Readonly<Record<string, OutsideAccount>>;
}
