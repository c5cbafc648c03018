// From where a model is seen. Two models that share it turn, move and grow together.
import { Box3, PerspectiveCamera, Spherical, Vector3 } from "three";

const ANGLE = 35;
const STEP = Math.PI / 18;
const ZOOM = 1.15;
const MOVE = 0.06;

export class Eye {
  constructor() {
    this.camera = new PerspectiveCamera(ANGLE, 1, 0.01, 1000);
    this.target = new Vector3();
    this.space = new Box3();
    this.stages = new Set();
  }

  join(stage, space) {
    this.stages.add(stage);
    this.space.union(space);
    this.frame();
  }

  leave(stage) {
    this.stages.delete(stage);
  }

  /** What is in sight in a wide view is in sight in a narrow one, too. */
  fit(aspect) {
    const half = Math.tan((ANGLE * Math.PI) / 360) / Math.min(aspect, 1);
    this.camera.aspect = aspect;
    this.camera.fov = (Math.atan(half) * 360) / Math.PI;
    this.camera.updateProjectionMatrix();
  }

  moved() {
    for (const stage of this.stages) stage.draw();
  }

  /** All of the models in sight, from a little above. */
  frame() {
    const radius = Math.max(this.space.getSize(new Vector3()).length() / 2, 1e-6);
    const distance = radius / Math.sin((ANGLE * Math.PI) / 360);
    this.space.getCenter(this.target);
    this.camera.near = distance / 1000;
    this.camera.far = distance * 20;
    this.camera.updateProjectionMatrix();
    this.look(new Vector3(0.55, 0.4, 1).setLength(distance));
  }

  turn(across, down) {
    const place = new Spherical().setFromVector3(this.from());
    place.theta += across * STEP;
    place.phi += down * STEP;
    this.look(new Vector3().setFromSpherical(place.makeSafe()));
  }

  nearer(steps) {
    this.look(this.from().multiplyScalar(ZOOM ** -steps));
  }

  move(across, up) {
    const from = this.from();
    const step = from.length() * MOVE;
    const aside = new Vector3().setFromMatrixColumn(this.camera.matrixWorld, 0).multiplyScalar(across * step);
    const above = new Vector3().setFromMatrixColumn(this.camera.matrixWorld, 1).multiplyScalar(up * step);
    this.target.add(aside).add(above);
    this.look(from);
  }

  from() {
    return this.camera.position.clone().sub(this.target);
  }

  look(from) {
    this.camera.position.copy(this.target).add(from);
    this.camera.lookAt(this.target);
    this.camera.updateMatrixWorld();
    this.moved();
  }
}

/** What a key does; the others are the page's. */
const KEYS = {
  ArrowLeft: (eye) => eye.turn(-1, 0),
  ArrowRight: (eye) => eye.turn(1, 0),
  ArrowUp: (eye) => eye.turn(0, -1),
  ArrowDown: (eye) => eye.turn(0, 1),
  "+": (eye) => eye.nearer(1),
  "-": (eye) => eye.nearer(-1),
  0: (eye) => eye.frame(),
};
const WITH_SHIFT = {
  ...KEYS,
  ArrowLeft: (eye) => eye.move(-1, 0),
  ArrowRight: (eye) => eye.move(1, 0),
  ArrowUp: (eye) => eye.move(0, 1),
  ArrowDown: (eye) => eye.move(0, -1),
};

export function steer(event, eye) {
  const act =
    !event.ctrlKey && !event.metaKey && !event.altKey && (event.shiftKey ? WITH_SHIFT : KEYS)[event.key];
  if (!act) return;
  event.preventDefault();
  act(eye);
}
