/** What the mall writes to its people about their accounts. */
import type { Language } from "../../models/account/account.contract";

export interface Written {
  readonly subject: string;
  readonly text: string;
}

export interface WithCode {
  readonly code: string;
  /** Of the mall: `https://mall.example`. */
  readonly url: string;
}

type Texts<A extends readonly unknown[]> = Readonly<Record<Language, (...args: A) => Written>>;

const said =
  <A extends readonly unknown[]>(texts: Texts<A>) =>
  (language: Language, ...args: A): Written => {
    const { subject, text } = texts[language](...args);
    return { subject, text: `${text.trim()}\n` };
  };

const link = ({ url, code }: WithCode, path: string): string => `${url}/${path}#code=${code}`;

export const verifyAddress = said<[WithCode]>({
  en: (it) => ({
    subject: "Verify your address",
    text: `Welcome! Verify your address within a day:\n\n${link(it, "verify")}\n\nOr enter this code: ${it.code}\n
If you did not register, do nothing: nothing is opened in your name.`,
  }),
  de: (it) => ({
    subject: "Bestätigen Sie Ihre Adresse",
    text: `Willkommen! Bestätigen Sie Ihre Adresse innerhalb eines Tages:\n\n${link(it, "verify")}
\nOder geben Sie diesen Code ein: ${it.code}\n
Wenn Sie sich nicht angemeldet haben, tun Sie nichts: In Ihrem Namen wird nichts eröffnet.`,
  }),
  ko: (it) => ({
    subject: "이메일 주소를 확인해 주세요",
    text: `환영합니다! 하루 안에 이메일 주소를 확인해 주세요.\n\n${link(it, "verify")}\n\n또는 이 코드를 입력하세요: ${it.code}\n
가입하신 적이 없다면 아무것도 하지 마세요. 계정은 만들어지지 않습니다.`,
  }),
  ar: (it) => ({
    subject: "أكّد عنوان بريدك",
    text: `مرحبًا بك! أكّد عنوانك خلال يوم:\n\n${link(it, "verify")}\n\nأو أدخل هذا الرمز: ${it.code}\n
إن لم تكن أنت من سجّل فلا تفعل شيئًا: لن يُفتح حساب باسمك.`,
  }),
});

export const alreadyThere = said<[]>({
  en: () => ({
    subject: "You have an account already",
    text: `Somebody, probably you, wanted to register with this address. It has an account already: log in, or reset
your password if you have forgotten it. If it was not you, do nothing.`,
  }),
  de: () => ({
    subject: "Sie haben schon ein Konto",
    text: `Jemand, vermutlich Sie, wollte sich mit dieser Adresse registrieren. Für sie gibt es schon ein Konto: Melden
Sie sich an, oder setzen Sie Ihr Passwort zurück, wenn Sie es vergessen haben. Waren Sie es nicht, tun Sie nichts.`,
  }),
  ko: () => ({
    subject: "이미 계정이 있습니다",
    text: `누군가, 아마도 회원님이 이 주소로 가입하려고 했습니다. 이 주소에는 이미 계정이 있습니다. 로그인하시거나,
비밀번호를 잊으셨다면 재설정해 주세요. 본인이 아니라면 아무것도 하지 마세요.`,
  }),
  ar: () => ({
    subject: "لديك حساب من قبل",
    text: `أراد شخص، ولعله أنت، أن يسجّل بهذا العنوان، وله حساب من قبل. سجّل الدخول، أو أعد تعيين كلمة المرور إن
نسيتها. وإن لم تكن أنت فلا تفعل شيئًا.`,
  }),
});

export const resetPassword = said<[WithCode]>({
  en: (it) => ({
    subject: "Choose a new password",
    text: `Choose a new password within an hour:\n\n${link(it, "reset")}\n\nOr enter this code: ${it.code}\n
If it was not you who asked, do nothing: your password stays as it is.`,
  }),
  de: (it) => ({
    subject: "Wählen Sie ein neues Passwort",
    text: `Wählen Sie innerhalb einer Stunde ein neues Passwort:\n\n${link(it, "reset")}
\nOder geben Sie diesen Code ein: ${it.code}\n
Wenn Sie das nicht verlangt haben, tun Sie nichts: Ihr Passwort bleibt, wie es ist.`,
  }),
  ko: (it) => ({
    subject: "새 비밀번호를 정해 주세요",
    text: `한 시간 안에 새 비밀번호를 정해 주세요.\n\n${link(it, "reset")}\n\n또는 이 코드를 입력하세요: ${it.code}\n
요청하신 적이 없다면 아무것도 하지 마세요. 비밀번호는 그대로입니다.`,
  }),
  ar: (it) => ({
    subject: "اختر كلمة مرور جديدة",
    text: `اختر كلمة مرور جديدة خلال ساعة:\n\n${link(it, "reset")}\n\nأو أدخل هذا الرمز: ${it.code}\n
إن لم تطلب ذلك فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.`,
  }),
});

export const passwordChanged = said<[]>({
  en: () => ({
    subject: "Your password was changed",
    text: "The password of your account was changed. If it was not you, reset it now.",
  }),
  de: () => ({
    subject: "Ihr Passwort wurde geändert",
    text: "Das Passwort Ihres Kontos wurde geändert. Waren Sie es nicht, setzen Sie es jetzt zurück.",
  }),
  ko: () => ({
    subject: "비밀번호가 변경되었습니다",
    text: "계정의 비밀번호가 변경되었습니다. 본인이 아니라면 지금 재설정해 주세요.",
  }),
  ar: () => ({
    subject: "تغيّرت كلمة مرورك",
    text: "تغيّرت كلمة مرور حسابك. إن لم تكن أنت فأعد تعيينها الآن.",
  }),
});
