### Regions.

regions-title = Regions
regions-none = There are no regions yet.
region-districts = Districts and cities
region-no-schools = There are no schools here yet.
