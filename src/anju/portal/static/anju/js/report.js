// The pages where something is reported.
import { startResend } from "./resend.js";
import { startVoice } from "./voice.js";

startVoice();
startResend();
