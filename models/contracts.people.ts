/** Of the table of contents: what people are known by. */
import { anyContract, type AnyContract } from "./kernel/contract";
import { accountContract, type AccountCalls } from "./account/account.contract";
import { loginContract, type LoginCalls } from "./account/login.contract";
import { meContract, type MeCalls } from "./account/me.contract";
import { openIdContract, type OpenIdCalls } from "./account/openid.contract";
import { passwordContract, type PasswordCalls } from "./account/password.contract";
import { proofContract, type ProofCalls } from "./account/proof.contract";
import { registrationContract, type RegistrationCalls } from "./account/registration.contract";
import { apiKeyContract, type ApiKeyCalls } from "./apikey/apikey.contract";
import { challengeContract, type ChallengeCalls } from "./challenge/challenge.contract";
import { credentialContract, type CredentialCalls } from "./credential/credential.contract";
import { sessionContract, type SessionCalls } from "./session/session.contract";

/** What people are known by. */
export interface IdentityCalls
  extends
    AccountCalls,
    RegistrationCalls,
    LoginCalls,
    MeCalls,
    OpenIdCalls,
    PasswordCalls,
    ProofCalls,
    CredentialCalls,
    ChallengeCalls,
    ApiKeyCalls,
    SessionCalls {}

export const peopleContracts: readonly AnyContract[] = [
  anyContract(accountContract),
  anyContract(registrationContract),
  anyContract(loginContract),
  anyContract(meContract),
  anyContract(openIdContract),
  anyContract(passwordContract),
  anyContract(proofContract),
  anyContract(credentialContract),
  anyContract(challengeContract),
  anyContract(sessionContract),
  anyContract(apiKeyContract),
];
