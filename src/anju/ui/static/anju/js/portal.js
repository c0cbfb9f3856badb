import { startBoxes } from "./boxes.js";
import { startBusy } from "./busy.js";
import { startClocks } from "./clock.js";
import { startDrafts } from "./draft.js";
import { startPhotos } from "./photo.js";
import { startPrefs } from "./prefs.js";
import { startToasts } from "./toast.js";

startPrefs();
startClocks();
startBoxes();
startToasts();
startPhotos();
startDrafts();
startBusy();
document.documentElement.dataset.ready = "";
