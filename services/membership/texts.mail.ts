/** What the mall writes to those who are invited. Nothing is known of them yet, so it is in every language. */
export interface Invitation {
  /** The seller's name. */
  readonly seller: string;
  readonly code: string;
  /** Of the mall: `https://mall.example`. */
  readonly url: string;
}

export interface Written {
  readonly subject: string;
  readonly text: string;
}

/** A name is chosen by strangers: no line of it may look like a line of the mail. */
const oneLine = (name: string): string => name.replace(/\s+/g, " ").trim();

export function invitation({ seller, code, url }: Invitation): Written {
  const name = oneLine(seller);
  return {
    subject: `${name}: an invitation, eine Einladung`,
    text: `${name} invites you to work with it. Log in or register, and accept within a week:

${url}/join#code=${code}

${name} lädt Sie zur Mitarbeit ein. Melden Sie sich an oder registrieren Sie sich, und nehmen Sie innerhalb einer Woche
an. Der Code: ${code}

${name}에서 함께 일하자고 초대했습니다. 로그인하거나 가입한 뒤 일주일 안에 위의 링크에서 수락해 주세요.

يدعوك ${name} إلى العمل معه. سجّل الدخول أو افتح حسابًا، ثم اقبل خلال أسبوع عبر الرابط أعلاه.

If you do not know the sender, do nothing. Wenn Sie den Absender nicht kennen, tun Sie nichts.
보낸 사람을 모르시면 아무것도 하지 마세요. إن كنت لا تعرف المرسل فلا تفعل شيئًا.
`,
  };
}
