/** The whole console: the frame around it, and the page that the address asks for. */
import { useEffect, useState } from "preact/hooks";
import { person, type Person } from "../client/session";
import { Fault, Waiting } from "../parts/pieces";
import { HERE, Problem } from "../client/problem";
import { t } from "../words/words";
import { Consent } from "./consent";
import { Foot } from "./foot";
import { Header } from "./header";
import { NotFound, SignInFirst } from "./instead";
import { areas, type Page, type PageProps } from "./areas";
import { pages, type Area, type PageAt } from "./pages";
import { isAdmin, isSeller } from "./rooms";
import { matched, usePlace } from "./router";
import { useStore } from "./store";
import { WorkFrame } from "./work-frame";

interface Found {
  readonly page: PageAt;
  readonly at: PageProps["at"];
}

function pageAt(path: string): Found | null {
  for (const page of pages) {
    const at = matched(page.pattern, path);
    if (at !== null) return { page, at };
  }
  return null;
}

type Loaded = { readonly page: Page } | { readonly fault: Problem } | null;

/** The page itself, from its area, which is fetched when it is first needed. */
function useLoaded({ area, page }: PageAt): Loaded {
  const [loaded, setLoaded] = useState<{ of: string; is: Loaded }>({ of: "", is: null });
  const name = `${area}/${page}`;
  useEffect(() => {
    let wanted = true;
    areas[area]().then(
      (found) => {
        const component = found[page];
        if (wanted && component) setLoaded({ of: name, is: { page: component } });
      },
      () => wanted && setLoaded({ of: name, is: { fault: new Problem(HERE, 0, t("unreachable")) } }),
    );
    return () => {
      wanted = false;
    };
  }, [area, name, page]);
  return loaded.of === name ? loaded.is : null;
}

const mayEnter = (area: Area, who: Person | null): boolean => {
  if (area === "shop" || area === "account") return true;
  if (who === null) return false;
  return area === "seller" ? isSeller(who) : isAdmin(who);
};

function Shown({ found }: { readonly found: Found }) {
  const loaded = useLoaded(found.page);
  if (loaded === null) return <Waiting lines={6} />;
  if ("fault" in loaded) return <Fault fault={loaded.fault} again={() => location.reload()} />;
  const Page = loaded.page;
  return <Page key={JSON.stringify(found.at)} at={found.at} />;
}

function Inside({ found, who }: { readonly found: Found | null; readonly who: Person | null | undefined }) {
  if (found === null) return <NotFound />;
  const { area } = found.page;
  const working = WORKING.includes(area);
  if (working && who === undefined) return <Waiting lines={6} />;
  if (!mayEnter(area, who ?? null)) return <SignInFirst area={area} signedIn={who !== null} />;
  const shown = <Shown found={found} />;
  return working ? <WorkFrame area={area}>{shown}</WorkFrame> : shown;
}

const WORKING: readonly Area[] = ["seller", "admin"];
const NARROW = ["/sign-in", "/verify", "/reset"];
const shopClass = (path: string): string => (NARROW.includes(path) ? "page narrow" : "page");

export function App() {
  const { path } = usePlace();
  const who = useStore(person);
  const found = pageAt(path);
  const area = found?.page.area ?? "shop";
  const working = WORKING.includes(area);
  return (
    <>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <Header area={area} />
      <main id="main" tabIndex={-1} class={working ? "page work" : shopClass(path)}>
        <Inside found={found} who={who} />
      </main>
      {!working && <Consent />}
      <Foot />
    </>
  );
}
