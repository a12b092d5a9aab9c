/**
 * Matrix products whose gradients are quick on wasm: it multiplies fast only what is not transposed, so what has to be
 * transposed is transposed first. And a softmax loss whose gradient is written down: it is one subtraction.
 */
import * as tf from "@tensorflow/tfjs-core";

const last = (x: tf.Tensor): number[] => {
  const axes = x.shape.map((_size, axis) => axis);
  const [b = 0, a = 0] = [axes.pop(), axes.pop()];
  return [...axes, b, a];
};

/** With the last two axes exchanged. */
export const turned = <T extends tf.Tensor>(x: T): T => tf.transpose(x, last(x));

/** `a · b` of matrices, or of equally many of them. */
export function product<T extends tf.Tensor>(a: T, b: T): T {
  const multiply = tf.customGrad((x, y, save) => {
    const [left, right] = [x as tf.Tensor, y as tf.Tensor];
    (save as tf.GradSaveFunc)([left, right]);
    return {
      value: tf.matMul(left, right),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [keptLeft, keptRight] = saved as [tf.Tensor, tf.Tensor];
        return [tf.matMul(dy, turned(keptRight)), tf.matMul(turned(keptLeft), dy)];
      },
    };
  });
  return multiply(a, b) as T;
}

/** Mean of −log softmax of the first column of `[rows, columns]`: the right answer stands first. */
export function firstIsRight(logits: tf.Tensor2D): tf.Scalar {
  const loss = tf.customGrad((x, save) => {
    const chances = tf.softmax(x as tf.Tensor2D);
    (save as tf.GradSaveFunc)([chances]);
    const [rows, columns] = chances.shape;
    const right = tf.slice(chances, [0, 0], [rows, 1]);
    return {
      value: tf.neg<tf.Tensor>(tf.mean(tf.log(tf.maximum(right, 1e-12)))),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const wrong = tf.slice(saved[0] as tf.Tensor2D, [0, 1], [rows, columns - 1]);
        const first = tf.sub(tf.slice(saved[0] as tf.Tensor2D, [0, 0], [rows, 1]), 1);
        return tf.mul(tf.concat([first, wrong], 1), tf.div(dy, rows));
      },
    };
  });
  return loss(logits) as tf.Scalar;
}
