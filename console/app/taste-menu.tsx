/** Language, direction and colours. */
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { t } from "../words/words";
import { useStore } from "./store";
import {
  chooseColours,
  chooseDirection,
  chooseLanguage,
  COLOURS,
  colours,
  direction,
  language,
  LANGUAGE_NAMES,
  LANGUAGES,
} from "./taste";

function Languages() {
  const chosen = useStore(language);
  return (
    <>
      {LANGUAGES.map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === chosen} onClick={() => chooseLanguage(one)}>
          {LANGUAGE_NAMES[one]}
        </button>
      ))}
    </>
  );
}

function Colours() {
  const chosen = useStore(colours);
  return (
    <div class="switch">
      {COLOURS.map((one) => (
        <button key={one} type="button" aria-pressed={one === chosen} onClick={() => chooseColours(one)}>
          {t(`colours.${one}`)}
        </button>
      ))}
    </div>
  );
}

function Directions() {
  const chosen = useStore(direction);
  return (
    <div class="switch">
      {(["ltr", "rtl"] as const).map((one) => (
        <button key={one} type="button" aria-pressed={one === chosen} onClick={() => chooseDirection(one)}>
          {t(`direction.${one}`)}
        </button>
      ))}
    </div>
  );
}

export const TasteMenu = () => (
  <Menu label={t("taste")} face={<Icon name="globe" />}>
    <h2>{t("taste.language")}</h2>
    <Languages />
    <h2>{t("taste.colours")}</h2>
    <Colours />
    <h2>{t("taste.direction")}</h2>
    <Directions />
  </Menu>
);
