/** The mall's front: what there is, and where to begin. */
import type { CategoryBranches } from "../../models/category/category.result.contract";
import type { ProductHit, ProductHits } from "../../models/product/product.search.contract";
import { Link } from "../app/router";
import { language } from "../app/taste";
import { useAsk } from "../client/use";
import { countOf, textOf } from "../parts/format";
import { Icon } from "../parts/icon";
import { Picture } from "../parts/picture";
import { Answered } from "../parts/answered";
import { Title } from "../parts/pieces";
import { t } from "../words/words";
import { Card } from "./card";
import { IN_GENERAL, Recommended } from "./recommended";
import { SeenLately } from "./seen-lately";
import { useChannel } from "./use-channel";

const NEW = 10;
const CATEGORIES_MAX = 12;

interface Way {
  readonly slug: string;
  readonly name: string;
  readonly count: number;
  readonly image: string | null;
}

/** The categories that have none below them, with a picture of something in it. */
function waysOf(hits: ProductHits, { items }: CategoryBranches): Way[] {
  const above = new Set(items.map(({ parentId }) => parentId));
  const counts = new Map((hits.facets["category"] ?? []).map(({ value, count }) => [value, count]));
  return items
    .filter(({ id, slug }) => !above.has(id) && counts.has(slug))
    .slice(0, CATEGORIES_MAX)
    .map(({ slug, name }) => {
      const motif = hits.items.find(({ categoryPath }) => categoryPath.at(-1) === name["en"]);
      return { slug, name: textOf(name), count: counts.get(slug) ?? 0, image: motif?.image ?? null };
    });
}

function Ways({ ways }: { readonly ways: readonly Way[] }) {
  return (
    <section class="shelf" aria-labelledby="ways">
      <h2 id="ways">{t("home.categories")}</h2>
      <ul class="ways">
        {ways.map((way) => (
          <li key={way.slug}>
            <Link to={`/search?${new URLSearchParams({ category: way.slug }).toString()}`}>
              <Picture id={way.slug} title={way.name} category={way.slug} image={way.image} eager />
              <span>{way.name}</span>
              <small class="numbers">{countOf(way.count)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Arrived({ hits }: { readonly hits: readonly ProductHit[] }) {
  return (
    <section class="shelf" aria-labelledby="new">
      <header>
        <h2 id="new">{t("home.new")}</h2>
        <Link to="/search?sort=newest">
          {t("home.all")} <Icon name="next" mirrored />
        </Link>
      </header>
      <ul class="cards">
        {hits.slice(0, NEW).map((hit, i) => (
          <Card key={hit.id} hit={hit} position={i} />
        ))}
      </ul>
    </section>
  );
}

function Shelves({ hits }: { readonly hits: ProductHits }) {
  const { data: tree } = useAsk("category.tree", { depth: 8, retired: false, limit: 500 });
  const ways = tree === null ? [] : waysOf(hits, tree);
  return (
    <>
      {ways.length > 0 && <Ways ways={ways} />}
      <Recommended kind="for-you" title={t("home.forYou")} without={IN_GENERAL} />
      <SeenLately />
      <Recommended kind="trending" title={t("home.trending")} silent />
      {hits.items.length > 0 && <Arrived hits={hits.items} />}
    </>
  );
}

const leadOf = ({ total }: ProductHits): string => (total > 0 ? t("home.lead", { n: total }) : t("home.leadEmpty"));

export function HomePage() {
  const { known, id } = useChannel();
  const asked = { sort: "newest", limit: 100, lang: language.get(), ...(id !== undefined && { channel: id }) } as const;
  const answer = useAsk("product.search", known ? asked : null);
  return (
    <>
      <div class="hero">
        <Title>{t("home.title")}</Title>
        <p class="lead">{answer.data === null ? " " : leadOf(answer.data)}</p>
      </div>
      <Answered answer={answer} lines={8}>
        {(hits) => <Shelves hits={hits} />}
      </Answered>
    </>
  );
}
