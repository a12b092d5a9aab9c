/** Asks before something is done that cannot be taken back easily. The browser keeps the focus in it. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../words/words";
import { Button } from "./pieces";

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
  /** What is done; left out where there is nothing but to read. */
  readonly actions?: ComponentChildren;
}

export function Dialog({ title, close, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={close}>
      <h2 id={id}>{title}</h2>
      {children}
      <div class="actions">
        {actions}
        <Button kind="quiet" onClick={() => dialog.current?.close()}>
          {t("cancel")}
        </Button>
      </div>
    </dialog>
  );
}
