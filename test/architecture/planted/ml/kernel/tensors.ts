export const tensors = 0;
