export { risk } from "../risk/model";
