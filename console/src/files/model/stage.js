// Draws an object whenever something about it or the eye has changed, and rests otherwise.
import { Scene } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { texturesOf } from "./facts.js";
import { painterFor } from "./painter.js";

const SHARPEST = 2;

export class Stage {
  /** `found` is what `loadModel` gave; `lost()` is called where the graphics card lets go of it. */
  constructor(canvas, found, eye, lost) {
    Object.assign(this, { canvas, eye, lost });
    this.object = found.object;
    this.painter = painterFor(this);
    this.scene = new Scene();
    this.scene.environment = this.painter.light;
    this.scene.add(this.object);
    this.controls = new OrbitControls(eye.camera, canvas);
    this.controls.target = eye.target;
    this.controls.addEventListener("change", () => eye.moved());
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(canvas);
    // Pictures come later than shapes.
    this.manager = found.manager;
    this.manager.onProgress = () => this.draw();
    this.fit();
    eye.join(this, found.facts.space);
  }

  fit() {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight) return;
    const sharp = Math.min(devicePixelRatio, SHARPEST);
    this.canvas.width = Math.round(clientWidth * sharp);
    this.canvas.height = Math.round(clientHeight * sharp);
    this.eye.fit(clientWidth / clientHeight);
    this.paint();
  }

  wires(on) {
    this.object.traverse(({ material }) => {
      for (const one of [material].flat()) if (one && "wireframe" in one) one.wireframe = on;
    });
    this.draw();
  }

  /** With the next frame, however often it is asked for. */
  draw() {
    this.soon ??= requestAnimationFrame(() => this.paint());
  }

  paint() {
    this.soon = undefined;
    this.painter.paint(this.scene, this.eye.camera, this.canvas);
  }

  /** The graphics card keeps nothing of it. */
  end() {
    this.manager.onProgress = undefined;
    cancelAnimationFrame(this.soon);
    this.watch.disconnect();
    this.controls.dispose();
    this.eye.leave(this);
    this.object.traverse((one) => {
      one.geometry?.dispose();
      one.skeleton?.dispose();
      one.dispose?.(); // of many at once
      for (const material of [one.material].flat().filter(Boolean)) {
        for (const texture of texturesOf(material)) {
          texture.dispose();
          texture.source.data?.close?.();
        }
        material.dispose();
      }
    });
    this.painter.leave(this);
  }
}
