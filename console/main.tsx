/** Begins: the language's words, who was signed in, then the page. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { App } from "./app/app";
import { watchPlace } from "./app/router";
import { useStore } from "./app/store";
import { dress, language, type Language } from "./app/taste";
import { resume } from "./client/session";
import { loadWords } from "./words/words";

function Console({ first }: { readonly first: Language }) {
  const wanted = useStore(language);
  const [spoken, setSpoken] = useState(first);
  useEffect(() => {
    if (wanted === spoken) return;
    // words that cannot be had now leave the page in the language that it has
    loadWords(wanted).then(
      () => setSpoken(wanted),
      () => language.set(spoken),
    );
  }, [wanted, spoken]);
  return <App key={spoken} />;
}

async function begin(): Promise<void> {
  watchPlace();
  dress();
  // whose page it is comes later: what is for everybody does not wait for that
  void resume();
  const first = language.get();
  await loadWords(first);
  const root = document.getElementById("app");
  if (root) render(<Console first={first} />, root);
}

void begin();
