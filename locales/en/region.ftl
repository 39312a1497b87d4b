### Regions.

regions-title = Regions
regions-none = There are no regions yet.
region-districts = Districts and cities
region-no-schools = There are no schools here yet.

regions-finding = { $count ->
    [0] No partnership is active in the regions
    [one] { $count } partnership is active in the regions
   *[other] { $count } partnerships are active in the regions
}
regions-base = Of { $all } schools in the register the region of { $known } is known ({ $percent }); the figures are of these.
regions-on = Regions as on this day
regions-on-hint = The figures are today’s; a school counts in the region it lay in on that day.
regions-show = Show
regions-csv = Download CSV
regions-map = One region, one tile
regions-map-hint = The figure on a tile: active partnerships
regions-table = Regions as a table
regions-region = Region
region-numbers = In figures
region-history = Earlier names and places
region-add-school = Add a school
