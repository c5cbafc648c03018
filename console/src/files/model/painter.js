// The one that draws all models: to make it, with its light, is dear, and a browser gives but few of its kind. What it
// has drawn goes onto the plain canvas of a stage.
import { ACESFilmicToneMapping, PMREMGenerator, WebGLRenderer } from "three";
import { RoomEnvironment } from "three/examples/jsm/environments/RoomEnvironment.js";

let shared;

/** For a stage, whose `lost()` is called where the graphics card lets go of everything. */
export function painterFor(stage) {
  shared ??= new Painter();
  shared.stages.add(stage);
  return shared;
}

class Painter {
  constructor() {
    this.stages = new Set();
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true });
    this.renderer.setClearAlpha(0);
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.light = lightOf(this.renderer);
    this.grow(1, 1);
    this.renderer.domElement.addEventListener("webglcontextlost", () => {
      shared = undefined;
      for (const stage of this.stages) stage.lost();
    });
  }

  grow(width, height) {
    this.size = { width, height };
    this.renderer.setSize(width, height, false);
  }

  /** All that is in the scene, as large as the canvas is. */
  paint(scene, camera, canvas) {
    const { width, height } = canvas;
    const { size, renderer } = this;
    if (width > size.width || height > size.height) {
      this.grow(Math.max(width, size.width), Math.max(height, size.height));
    }
    renderer.setViewport(0, 0, width, height);
    renderer.render(scene, camera);
    const brush = canvas.getContext("2d");
    brush.clearRect(0, 0, width, height);
    const top = this.size.height - height;
    brush.drawImage(renderer.domElement, 0, top, width, height, 0, 0, width, height);
  }

  leave(stage) {
    this.stages.delete(stage);
    this.renderer.renderLists.dispose();
    if (!this.stages.size) this.grow(1, 1);
  }
}

/** A room with lamps, as soft as it is seen in what shines. */
function lightOf(renderer) {
  const maker = new PMREMGenerator(renderer);
  // It would be 256 at least: of soft light nobody sees that, but without a graphics card it takes seconds.
  maker._setSize = () => {
    maker._cubeSize = 64;
  };
  const room = new RoomEnvironment();
  const light = maker.fromScene(room, 0.04).texture;
  room.dispose();
  maker.dispose();
  return light;
}
