// One order for all styles: what comes later may refine what came before.
import "./base.css";
import "./controls.css";
import "./frame.css";
import "./lists.css";
import "./timeline.css";
import "./files.css";
import "./compare.css";
import "./history.css";
import "./admin.css";
import "./upload.css";
