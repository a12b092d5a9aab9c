export { risk } from "../../ml/risk/model";
