/** The weights of a net by name, how they are learnt (Adam), and all of it in one array, to keep and to go on with. */
import * as tf from "@tensorflow/tfjs-core";
import { normals, seedOf } from "./random";

export interface Shape {
  readonly name: string;
  readonly shape: readonly number[];
  /** Standard deviation of what it begins with; 0 for `start` everywhere. */
  readonly deviation: number;
  readonly start?: number;
}

export type Weights = Readonly<Record<string, tf.Tensor>>;

export interface Parameters {
  readonly weights: Weights;
  /** One step against these gradients, by name. */
  readonly step: (gradients: Record<string, tf.Tensor>, rate: number) => void;
  /** Weights first, in the order of their shapes; then what Adam remembers. */
  readonly save: () => Float32Array;
  readonly load: (saved: Float32Array) => void;
}

export const sizeOf = (shapes: readonly Shape[]): number => shapes.reduce((sum, { shape }) => sum + product(shape), 0);
const product = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);

/** Weights alone, from the front of what was saved. */
export function weightsOf(shapes: readonly Shape[], saved: Float32Array): Weights {
  let at = 0;
  return Object.fromEntries(
    shapes.map(({ name, shape }) => {
      const size = product(shape);
      const tensor = tf.tensor(saved.slice(at, at + size), [...shape]);
      at += size;
      return [name, tensor];
    }),
  );
}

const [FIRST, SECOND, EPSILON] = [0.9, 0.98, 1e-8];

export function parametersOf(shapes: readonly Shape[], seed: number): Parameters {
  const begin = (x: Shape, n: number): Float32Array =>
    x.deviation > 0
      ? normals(product(x.shape), x.deviation, seedOf(seed, n))
      : new Float32Array(product(x.shape)).fill(x.start ?? 0);
  const variables = shapes.map((x, n) => tf.variable(tf.tensor(begin(x, n), [...x.shape])));
  const zeros = (): tf.Variable[] => shapes.map(({ shape }) => tf.variable(tf.zeros([...shape])));
  const [means, squares] = [zeros(), zeros()];
  const all = [...variables, ...means, ...squares];
  let steps = 0;

  const update = (n: number, gradient: tf.Tensor, rate: number): void => {
    const [weight, mean, square] = [variables[n], means[n], squares[n]] as [tf.Variable, tf.Variable, tf.Variable];
    mean.assign(tf.add(tf.mul(mean, FIRST), tf.mul(gradient, 1 - FIRST)));
    square.assign(tf.add(tf.mul(square, SECOND), tf.mul(tf.square(gradient), 1 - SECOND)));
    const scale = (rate * Math.sqrt(1 - SECOND ** steps)) / (1 - FIRST ** steps);
    weight.assign(tf.sub(weight, tf.mul(tf.div(mean, tf.add(tf.sqrt(square), EPSILON)), scale)));
  };

  return {
    weights: Object.fromEntries(shapes.map(({ name }, n) => [name, variables[n] as tf.Tensor])),
    step: (gradients, rate) => {
      steps += 1;
      tf.tidy(() => shapes.forEach(({ name }, n) => update(n, gradients[name] as tf.Tensor, rate)));
    },
    save: () => {
      const saved = new Float32Array(sizeOf(shapes) * 3 + 1);
      let at = 0;
      for (const variable of all) {
        saved.set(variable.dataSync(), at);
        at += variable.size;
      }
      saved[at] = steps;
      return saved;
    },
    load: (saved) => {
      let at = 0;
      for (const variable of all) {
        const from = at;
        tf.tidy(() => variable.assign(tf.tensor(saved.slice(from, from + variable.size), variable.shape)));
        at += variable.size;
      }
      steps = saved[at] as number;
    },
  };
}

/** Gradients of a loss for every weight, by name; the loss's value beside them. */
export function gradientsOf(
  weights: Weights,
  loss: () => tf.Scalar,
): { value: number; gradients: Record<string, tf.Tensor> } {
  const names = Object.keys(weights);
  const variables = names.map((name) => weights[name] as tf.Variable);
  const { value, grads } = tf.variableGrads(loss, variables);
  const scalar = value.dataSync()[0] as number;
  value.dispose();
  const gradients = Object.fromEntries(
    names.map((name, n) => [name, grads[(variables[n] as tf.Variable).name] as tf.Tensor]),
  );
  return { value: scalar, gradients };
}
