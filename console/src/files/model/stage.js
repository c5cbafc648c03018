// Draws an object whenever something about it has changed, and rests otherwise.
import {
  ACESFilmicToneMapping,
  Box3,
  Color,
  PerspectiveCamera,
  PMREMGenerator,
  Scene,
  Spherical,
  Vector3,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { RoomEnvironment } from "three/examples/jsm/environments/RoomEnvironment.js";

const ANGLE = 35;
const STEP = Math.PI / 18;
const ZOOM = 1.15;
const SHARPEST = 2;

export class Stage {
  constructor(box, object, manager) {
    this.box = box;
    this.object = object;
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true });
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, SHARPEST));
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.scene = new Scene();
    const light = new PMREMGenerator(this.renderer);
    this.scene.environment = light.fromScene(new RoomEnvironment(), 0.04, 0.1, 100, { size: 64 }).texture;
    light.dispose();
    this.scene.add(object);
    this.camera = new PerspectiveCamera(ANGLE, 1, 0.01, 1000);
    box.replaceChildren(this.renderer.domElement);
    this.controls = new OrbitControls(this.camera, this.renderer.domElement);
    this.controls.addEventListener("change", () => this.draw());
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(box);
    this.space = new Box3().setFromObject(object);
    this.facts = this.measure();
    this.fit();
    this.frame();
    // Pictures come later than shapes.
    manager.onProgress = () => requestAnimationFrame(() => this.draw());
    this.quiet = () => (manager.onProgress = undefined);
  }

  measure() {
    let [triangles, points] = [0, 0];
    this.object.traverse(({ isMesh, isPoints, geometry }) => {
      if (isMesh) triangles += (geometry.index ?? geometry.attributes.position).count / 3;
      if (isPoints) points += geometry.attributes.position.count;
    });
    const size = this.space.getSize(new Vector3());
    const rounded = [size.x, size.y, size.z].map((one) => Number(one.toPrecision(3)));
    return { points, triangles: Math.round(triangles), size: this.space.isEmpty() ? [0, 0, 0] : rounded };
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height) return;
    this.renderer.setSize(width, height);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  /** All of the object in sight, from a little above. */
  frame() {
    const centre = this.space.getCenter(new Vector3());
    const radius = Math.max(this.space.getSize(new Vector3()).length() / 2, 1e-6);
    const distance = radius / Math.sin((ANGLE * Math.PI) / 360);
    this.camera.near = distance / 1000;
    this.camera.far = distance * 20;
    this.camera.position.copy(centre).add(new Vector3(0.55, 0.4, 1).normalize().multiplyScalar(distance));
    this.camera.updateProjectionMatrix();
    this.controls.target.copy(centre);
    this.controls.update();
    this.draw();
  }

  turn(across, down) {
    const from = this.camera.position.clone().sub(this.controls.target);
    const place = new Spherical().setFromVector3(from);
    place.theta += across * STEP;
    place.phi += down * STEP;
    this.camera.position.setFromSpherical(place.makeSafe()).add(this.controls.target);
    this.controls.update();
  }

  nearer(steps) {
    const from = this.camera.position.clone().sub(this.controls.target);
    this.camera.position.copy(from.multiplyScalar(ZOOM ** -steps).add(this.controls.target));
    this.controls.update();
  }

  wires(on) {
    this.object.traverse(({ material }) => {
      for (const one of [material].flat()) if (one && "wireframe" in one) one.wireframe = on;
    });
    this.draw();
  }

  draw() {
    if (this.over) return;
    this.renderer.setClearColor(new Color(0, 0, 0), 0);
    this.renderer.render(this.scene, this.camera);
  }

  end() {
    this.quiet();
    this.over = true;
    this.watch.disconnect();
    this.controls.dispose();
    this.object.traverse(({ geometry, material }) => {
      geometry?.dispose();
      for (const one of [material].flat()) {
        for (const value of Object.values(one ?? {})) if (value?.isTexture) value.dispose();
        one?.dispose();
      }
    });
    this.scene.environment.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}
