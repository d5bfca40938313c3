// The charts of the page: points, lines and bars on a canvas. Tooltips are drawn as text, never as HTML.
export { init, use } from "echarts/core";
import { use } from "echarts/core";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer,
]);
