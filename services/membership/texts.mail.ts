/** What the mall writes to those who are invited. Nothing is known of them yet, so it is in both languages. */
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

If you do not know the sender, do nothing. Wenn Sie den Absender nicht kennen, tun Sie nichts.
`,
  };
}
