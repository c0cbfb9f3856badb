// The page of a ticket fetches itself again when something has happened to it.
import { startLive } from "./live.js";

startLive();
