/** What was asked for, or that it is on its way, or what was wrong. */
import type { ComponentChildren } from "preact";
import type { Answer } from "../client/use";
import { Fault, Waiting } from "./pieces";

interface AnsweredProps<T> {
  readonly answer: Answer<T>;
  readonly children: (data: T) => ComponentChildren;
  /** How much room is kept meanwhile. */
  readonly lines?: number;
}

export function Answered<T>({ answer, children, lines = 4 }: AnsweredProps<T>) {
  const { data, fault, again } = answer;
  return (
    <>
      <Fault fault={fault} again={again} />
      {data === null ? fault === null && <Waiting lines={lines} /> : children(data)}
    </>
  );
}
