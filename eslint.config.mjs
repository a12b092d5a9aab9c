// Style as rules: what DESIGN asks for is refused by the linter, not by a reviewer.
import tseslint from "typescript-eslint";

const size = {
  complexity: ["error", 8],
  "max-params": ["error", 4],
  "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
  eqeqeq: "error",
  "no-console": "error",
};

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", "test/architecture/planted/**", "**/*.js"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...size,
      "@typescript-eslint/no-explicit-any": "error",
      // `{ id: _id, ...rest }` is how a field is left out
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    // a describe block is a list of tests, not a function with a job
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "max-lines": "off",
      "no-console": "off",
      // takes a `new Date()` given to mongoose for a stranger: its NativeDate is the same class under another name
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  { files: ["bin/**/*.ts", "embedded/**/main.ts", "test/bench/**/*.ts"], rules: { "no-console": "off" } },
  { files: ["**/*.mjs"], rules: { "max-lines": size["max-lines"], complexity: ["error", 10] } },
);
