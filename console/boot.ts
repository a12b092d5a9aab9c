// Runs before the page is painted, so that nobody sees the wrong colours or the wrong direction for a moment. Knows
// nothing else: what it reads is what `app/taste.ts` keeps.
const kept = (name: string): string | null => {
  try {
    return localStorage.getItem(`stoa.${name}`);
  } catch {
    return null;
  }
};
const root = document.documentElement;
const colours = kept("colours");
if (colours === "light" || colours === "dark") root.dataset["colours"] = colours;
const language = kept("language") ?? navigator.language.slice(0, 2);
if (["en", "de", "ko", "ar"].includes(language)) root.lang = language;
root.dir = kept("direction") ?? (root.lang === "ar" ? "rtl" : "ltr");
