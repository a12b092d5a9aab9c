/** Keys of programs. */
export const keysEn = {
  "keys.title": "Keys of programs",
  "keys.lead":
    "A program acts for you by a key: it may do what you give it here, of what you may do yourself, and " +
    "never sign in, change your account or make keys.",
  "keys.none": "No keys yet",
  "keys.name": "Name",
  "keys.nameHint": "By which you will know it again: what it is for",
  "keys.begins": "Begins with",
  "keys.may": "Permissions",
  "keys.made": "Made",
  "keys.used": "Last used",
  "keys.never": "not yet",
  "keys.new": "A new key",
  "keys.choose": "What it may do: at most {max}",
  "keys.make": "Make the key",
  "keys.once": "This is the key. It is told now and never again: keep it where your program finds it.",
  "keys.key": "The key",
  "keys.copy": "Copy",
  "keys.copied": "Copied",
  "keys.kept": "I have kept it",
  "keys.revoke": "Revoke",
  "keys.revokeTitle": "Revoke {name}?",
  "keys.revokeText": "Whatever uses it is refused from now on. It cannot be undone; a new key can be made at any time.",
  "keys.open": "For programs that act for you: give them keys of their own instead of your password.",
  "keys.look": "Look at my keys",
};
