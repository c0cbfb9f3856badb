// A code on a wall, read through the camera into the text that is written in it.
import decode from "../../qr/decode.js";

const edge = 800;
const pause = 150;

const glance = (video, pen) => {
  const scale = Math.min(1, edge / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [video.videoWidth * scale, video.videoHeight * scale].map(Math.round);
  Object.assign(pen.canvas, { width, height });
  pen.drawImage(video, 0, 0, width, height);
  try {
    return decode(pen.getImageData(0, 0, width, height));
  } catch {
    return ""; // no code in this picture
  }
};

// Looks until it finds one; rejects when there is no camera or it is not allowed.
export const read = async (video) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  Object.assign(video, { srcObject: stream, hidden: false });
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  try {
    await video.play();
    for (;;) {
      const text = glance(video, pen);
      if (text) return text;
      await new Promise((done) => setTimeout(done, pause));
    }
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.hidden = true;
  }
};
